import { createClient } from '@headway/core'
import { headway } from '@headway/vue'
import { createApp } from 'vue'
import App from './App.vue'

createApp(App).use(headway(createClient())).mount('#app')
