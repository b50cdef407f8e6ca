import { createClient } from '@headway/core'
import { setClient } from '@headway/svelte'
import { mount } from 'svelte'
import App from './App.svelte'

setClient(createClient())
const target = document.getElementById('app')
if (!target) throw new Error('The page has no element "app"')

mount(App, { target })
