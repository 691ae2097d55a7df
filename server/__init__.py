"""Assembly: settings, GraphQL over HTTP, telemetry, health, explorer and the command line."""
