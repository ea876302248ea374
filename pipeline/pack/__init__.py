"""The pack: planned (pure page arithmetic), assembled, paginated."""
