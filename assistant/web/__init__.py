"""The page (Gradio); style and script in `static/`."""
