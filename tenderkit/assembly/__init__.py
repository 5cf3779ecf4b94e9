"""From content and plan to document trees: text with values, generated parts, front pages."""
