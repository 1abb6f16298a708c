"""HTTP routes: decode, call one thing, encode. docs/api.md is the table of them."""
