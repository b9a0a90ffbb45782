"""What mail programs can show: the pinned data of Can I email (MIT licence, beside it), and what a reader sees instead."""
