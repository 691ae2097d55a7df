"""Who asks: bearer tokens (JWT) of one OpenID Connect issuer, and of this machine in development.

Specifications: RFC 6750 (bearer tokens), RFC 7519 (JWT), RFC 8725 (their best current practice).
"""
