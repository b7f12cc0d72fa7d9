"""Put the cards of a chain in order."""
