export { type Choices, type Database, databases, type Framework, frameworks } from './choices.ts'
export { composeProject, type Files } from './compose-project.ts'
export { readTemplates } from './read-templates.ts'
