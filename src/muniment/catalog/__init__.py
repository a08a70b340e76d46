"""The search index and the reading views: a projection that can be deleted and rebuilt."""
