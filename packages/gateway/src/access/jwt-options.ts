/** The check of bearer tokens, by exactly one of `secret`, `publicKey` and `jwks`. */
export interface JwtOptions {
  /** At least 32 bytes, drawn at random. */
  secret?: string | undefined
  /** A public key, as PEM: RSA, P-256, P-384, P-521 or Ed25519. */
  publicKey?: string | undefined
  /** The address of the issuer's public keys. */
  jwks?: string | URL | undefined
  /**
   * The algorithms that tokens may be signed with. Default: HS256 with `secret`; all that go with
   * the key with `publicKey`; RS, PS, ES and EdDSA with `jwks`.
   */
  algorithms?: readonly string[]
  /**
   * Refuses tokens without `exp`. Default `true`; with `false`, such a token lasts an hour from
   * each request.
   */
  requireExp?: boolean
  /** The `iss` that a token must have. */
  issuer?: string | undefined
  /** The `aud` that a token must name. */
  audience?: string | undefined
  /** The tolerated difference between clocks, in seconds. Default 60. */
  leewaySecs?: number
}
