export interface NextConfig {
  serverExternalPackages?: string[]
}
