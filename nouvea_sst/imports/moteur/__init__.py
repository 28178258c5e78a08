"""From a file to what it would change. It reads the database through the target and writes nothing."""
