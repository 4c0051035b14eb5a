"""Questions in, cited answers out, over the catalogue that `index` built."""
