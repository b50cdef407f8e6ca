/** How bearer tokens are checked: by exactly one of `secret`, `publicKey` and `jwks`. */
export interface JwtOptions {
  /** At least 32 bytes, drawn at random. */
  secret?: string | undefined
  /** A public key, as PEM: RSA, P-256, P-384, P-521 or Ed25519. */
  publicKey?: string | undefined
  /** Where the issuer publishes its keys. */
  jwks?: string | URL | undefined
  /**
   * The algorithms that tokens may be signed with. Default: HS256 with `secret`; all that go with
   * the key with `publicKey`; RS, PS, ES and EdDSA with `jwks`.
   */
  algorithms?: readonly string[]
  /**
   * Whether a token without `exp` is refused. Default `true`; without, it lasts an hour each time
   * it is shown.
   */
  requireExp?: boolean
  /** What the token's `iss` has to be. */
  issuer?: string | undefined
  /** What the token's `aud` has to name. */
  audience?: string | undefined
  /** How far the clocks may be apart, in seconds. Default 60. */
  leewaySecs?: number
}
