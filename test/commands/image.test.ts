import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wantedImage } from '../../src/commands/image.ts'
import type { Service } from '../../src/domain/catalogue.ts'
import { NoxError } from '../../src/errors.ts'

const service = (imageTemplate: string): Service => ({
  tenantId: 't',
  id: 's',
  name: 'user-api',
  aliases: [],
  targets: [],
  imageTemplate,
  defaultBranch: 'main',
})
const registry = 'registry.example/{service}'

describe('the image that an order stands for', () => {
  it.each([
    [`${registry}:{branch-slug}`, { branch: 'feature/auth' }, 'registry.example/user-api:feature-auth', 'feature/auth'],
    [`${registry}:{branch-slug}`, {}, 'registry.example/user-api:main', 'main'],
    [`${registry}:{branch-slug}`, { tag: 'v2.4.0' }, 'registry.example/user-api:v2.4.0', 'v2.4.0'],
    [`${registry}:{tag}`, { tag: 'v2.4.0' }, 'registry.example/user-api:v2.4.0', 'v2.4.0'],
    [`${registry}:{tag}`, { branch: 'Feature/Auth' }, 'registry.example/user-api:feature-auth', 'Feature/Auth'],
    [`${registry}:{sha}`, { sha: '3f9c2ab' }, 'registry.example/user-api:3f9c2ab', '3f9c2ab'],
    [
      `${registry}:{branch-slug}-{sha}`,
      { branch: 'feature/auth', sha: '3f9c2ab' },
      'registry.example/user-api:feature-auth-3f9c2ab',
      '3f9c2ab',
    ],
  ])('%s with %o', (template, args, image, version) => {
    expect(wantedImage(service(template), args)).toEqual({ image, version })
  })

  it('says what a template with several blanks still wants', () => {
    const order = () => wantedImage(service(`${registry}:{branch-slug}-{sha}`), { branch: 'main' })
    expect(order).toThrow(NoxError)
    try {
      order()
    } catch (error) {
      expect((error as NoxError).forPerson?.key).toBe('error.image.template')
    }
  })

  it('never makes a reference that leaves the template, whatever a person types', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('tag', 'branch', 'sha'), (typed, name) => {
        try {
          const { image } = wantedImage(service(`${registry}:{tag}`), { [name]: typed })
          expect(image).toMatch(/^registry\.example\/user-api:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/)
        } catch (error) {
          expect(error).toBeInstanceOf(NoxError)
        }
      }),
    )
  })
})
