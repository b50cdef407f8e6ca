import {
  type Client,
  defineWorkflow,
  jobsOf,
  mutationsOf,
  queriesOf,
  workflowsOf,
} from '@headway/core'

export interface Format {
  format: 'csv' | 'json'
}
export interface Url {
  url: string
}
interface User {
  userId: string
}
interface Events {
  clicked: { by: string }
}
export interface Team {
  team: string
}
export interface Name {
  name: string
}
export interface Id {
  id: string
}

/** The shape of a gateway's `typeof gateway.api`. */
export interface Api {
  jobs: {
    export_users: { args: Format; output: Url }
    clean_up: { args: undefined; output: null }
  }
  workflows: {
    verify: { args: User; output: boolean; events: Events }
  }
  queries: {
    list_users: { args: Team; output: string[] }
    report: { args: undefined; output: number }
  }
  mutations: {
    create_user: { args: Name; output: Id }
    ping: { args: undefined; output: 'pong' }
  }
}

export const jobs = jobsOf<Api>()
export const workflows = workflowsOf<Api>()
export const queries = queriesOf<Api>()
export const mutations = mutationsOf<Api>()

/** By hand: a workflow of the {@link Api}, and one without events. */
export const verify = defineWorkflow<User, boolean, Events>('verify')
export const other = defineWorkflow<null, null>('other')

export declare const client: Client
