import { inject } from 'vitest'

/* Set up before each file of the project that runs BullMQ on Redis: child processes inherit it. */
process.env.TEST_REDIS = inject('redis')
