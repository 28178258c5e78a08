"""Help: of each page, of all pages, of who may see what. The texts stand in docs/aide/."""
