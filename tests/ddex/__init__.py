"""Messages of DDEX's ERN: those of others, and made-up ones in any version."""
