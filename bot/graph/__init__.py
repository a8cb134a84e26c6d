"""The only room that signs in to Entra and knows Microsoft Graph."""
