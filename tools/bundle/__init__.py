"""Makes the bundle: everything for an installation without a network, on one stick (`make bundle`, docs/offline.md)."""
