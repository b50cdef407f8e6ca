import { LogLost, NotKept, type WorkflowEngine } from '../../src/engines/workflow-engine.ts'

/** What makes workflows last as long as this process, for tests. */
export function memoryWorkflowEngine(): WorkflowEngine {
  const logs = new Map<string, Map<string, unknown>>()
  const sealed = new Set<string>()
  return {
    name: 'memory',
    async forget(_, logIds) {
      for (const logId of logIds) logs.delete(logId)
    },
    start: async () => ({
      async run(logId, body) {
        const records = new Map<string, unknown>()
        logs.set(logId, records)
        await body({
          async record(key, work) {
            const value = await work()
            if (sealed.has(logId)) throw new LogLost(`${logId} is sealed`)
            records.set(key, clone(value))
            return value
          },
        })
      },
      read: async (logId) => new Map(logs.get(logId)),
      seal: async (logId) => void sealed.add(logId),
      close: async () => undefined,
    }),
  }
}

function clone(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch (error) {
    throw new NotKept(error)
  }
}
