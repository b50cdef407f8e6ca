import { createClient } from '@headway/core'
import { headway } from '@headway/vue'

const client = createClient()

export default defineNuxtPlugin(({ vueApp }) => {
  vueApp.use(headway(client))
})
