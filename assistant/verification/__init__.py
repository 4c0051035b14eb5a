"""Evidence bundles held to the files: what each statement of their answers stands on."""
