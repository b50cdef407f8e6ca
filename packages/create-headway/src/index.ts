export {
  type Choices,
  type Database,
  databases,
  type Framework,
  frameworks,
} from './compose/choices.ts'
export { composeProject, type Files } from './compose/compose-project.ts'
export { readTemplates } from './read-templates.ts'
