import { describe, expect, it } from 'vitest'
import * as s from '../support/build-schema.ts'
import { converted, user } from '../support/converters.ts'

const { t } = s

describe('an enum', () => {
  const shapes = {
    Off: null,
    Dimmed: s.fields({ percent_on: t.number }),
    Of: user,
    At: s.list(t.number),
  }

  it('tagged from outside: variants that do not change, and unknown ones, pass', () => {
    expect(converted(s.variants('Light', shapes))).toMatchInlineSnapshot(`
      "function lightFromWire(wire: LightWire): Light {
        if (typeof wire !== 'object') return wire
        if ('Dimmed' in wire) return { Dimmed: { percentOn: wire.Dimmed.percent_on } }
        if ('Of' in wire) return { Of: userFromWire(wire.Of) }
        return wire
      }

      function lightToWire(value: Light): LightWire {
        if (typeof value !== 'object') return value
        if ('Dimmed' in value) return { Dimmed: { percent_on: value.Dimmed.percentOn } }
        if ('Of' in value) return { Of: userToWire(value.Of) }
        return value
      }"
    `)
  })

  it('tagged from inside', () => {
    const { At: _, ...others } = shapes
    expect(
      converted(s.variants('Light', others, { style: 'internal', tag: 'kind' })),
    ).toMatchInlineSnapshot(`
      "function lightFromWire(wire: LightWire): Light {
        switch (wire.kind) {
          case 'Dimmed':
            return { kind: wire.kind, percentOn: wire.percent_on }
          case 'Of':
            return { kind: wire.kind, userId: wire.user_id }
          default:
            return wire
        }
      }

      function lightToWire(value: Light): LightWire {
        switch (value.kind) {
          case 'Dimmed':
            return { kind: value.kind, percent_on: value.percentOn }
          case 'Of':
            return { kind: value.kind, user_id: value.userId }
          default:
            return value
        }
      }"
    `)
  })

  it('tagged beside what is in it, by a tag whose name changes', () => {
    const type = s.variants('Light', shapes, {
      style: 'adjacent',
      tag: 'light_kind',
      content: 'data',
    })
    expect(converted(type)).toMatchInlineSnapshot(`
      "function lightFromWire(wire: LightWire): Light {
        switch (wire.light_kind) {
          case 'Off':
            return { lightKind: wire.light_kind }
          case 'Dimmed':
            return { lightKind: wire.light_kind, data: { percentOn: wire.data.percent_on } }
          case 'Of':
            return { lightKind: wire.light_kind, data: userFromWire(wire.data) }
          case 'At':
            return { lightKind: wire.light_kind, data: wire.data }
          default:
            return wire
        }
      }

      function lightToWire(value: Light): LightWire {
        switch (value.lightKind) {
          case 'Off':
            return { light_kind: value.lightKind }
          case 'Dimmed':
            return { light_kind: value.lightKind, data: { percent_on: value.data.percentOn } }
          case 'Of':
            return { light_kind: value.lightKind, data: userToWire(value.data) }
          case 'At':
            return { light_kind: value.lightKind, data: value.data }
          default:
            return value
        }
      }"
    `)
  })

  it('without a tag: by what each variant alone has', () => {
    expect(converted(s.variants('Light', shapes, { style: 'untagged' }))).toMatchInlineSnapshot(`
      "function lightFromWire(wire: LightWire): Light {
        if (typeof wire !== 'object' || wire === null) return wire
        if ('percent_on' in wire) return { percentOn: wire.percent_on }
        if ('user_id' in wire) return userFromWire(wire)
        return wire
      }

      function lightToWire(value: Light): LightWire {
        if (typeof value !== 'object' || value === null) return value
        if ('percentOn' in value) return { percent_on: value.percentOn }
        if ('userId' in value) return userToWire(value)
        return value
      }"
    `)
  })
})
