"""What tests lean on: neighbours that remember what arrived, builders of values, a real PostgreSQL."""
