"""The rules, one module per rule or per small family. They are found by search."""
