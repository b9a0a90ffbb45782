"""The finished page as a reader's program takes it: read once for all that look it over, with a way back to the YAML."""
