"""The tabs of figures and of promises."""
