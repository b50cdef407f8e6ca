import { certificate } from '@headway/test-kit/network/certificate'
import { createHttp2Fetch } from '@headway/test-kit/network/http2-fetch'
import { hasNginx, startNginx } from '@headway/test-kit/network/nginx'
import { describe, it } from 'vitest'
import { expectAllSeen, expectUndisturbed } from './support/cluster-check.ts'
import { openFront } from './support/cluster-stage.ts'
import { useCluster } from './support/use-cluster.ts'

if (!hasNginx) {
  console.warn('NOT TESTED: gateways behind nginx, which is not installed (Debian: nginx-light)')
}
const size = 12

describe.skipIf(!hasNginx)('3 gateways behind nginx, which takes turns by request', () => {
  const suite = useCluster(3)

  it('over HTTP/1.1: each screen has one stream, and shows every end', async () => {
    const balance = (upstreams: string[]) => startNginx({ upstreams })
    const { cluster, teardown } = suite
    const front = await openFront(cluster, { balance, size }, teardown)
    await front.audience.untilEnds(3)
    await expectAllSeen(front.audience, cluster.database)
    await expectUndisturbed(cluster, front)
  })

  it('over HTTP/2: each screen has one connection and one stream, and shows every end', async () => {
    const balance = (upstreams: string[]) => startNginx({ upstreams, http2: certificate })
    const fetchOf = (): typeof fetch => {
      const http2 = createHttp2Fetch({ ca: certificate.cert })
      suite.teardown.defer(http2.close)
      return http2.fetch
    }
    const { cluster, teardown } = suite
    const front = await openFront(cluster, { balance, size, fetchOf }, teardown)
    await front.audience.untilEnds(3)
    await expectAllSeen(front.audience, cluster.database)
    await expectUndisturbed(cluster, front)
  })
})
