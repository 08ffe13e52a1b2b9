import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeEffect, encodeEffect } from '../../src/channels/slack/blocks/button-value.ts'
import { draftCluster } from '../../src/request/administration/draft-cluster.ts'

const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
const key = (secret: string) => `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('the draft of a cluster', () => {
  it('holds what was typed and no secret, wherever one was pasted', () => {
    const secret = fc.stringMatching(/^SECRET[A-Za-z0-9]{20}$/)
    const places = (hidden: string) => ({
      kubeconfig: `token: ${hidden}`,
      token: hidden,
      server: fc.constantFrom(
        `https://nox:${hidden}@10.0.0.5:6443`,
        `https://${hidden}@10.0.0.5`,
        `https://10.0.0.5/?token=${hidden}`,
        `https://10.0.0.5/#${hidden}`,
        `10.0.0.5 ${hidden}`,
      ),
      ca: fc.constantFrom(
        `${certificate}\n${key(hidden)}`,
        base64(`${certificate}\n${key(hidden)}`),
        key(hidden),
        hidden,
        `${certificate} ${hidden}`,
      ),
    })
    fc.assert(
      fc.property(
        secret.chain((hidden) => {
          const { server, ca, ...fields } = places(hidden)
          return fc.record({ hidden: fc.constant(hidden), server, ca, fields: fc.constant(fields) })
        }),
        ({ hidden, server, ca, fields }) => {
          const draft = draftCluster({ name: 'dev-1', environments: ['staging'], ...fields, server, ca }, null)
          expect(draft).toMatchObject({ name: 'dev-1', environments: ['staging'], hadSecret: true })
          const told = JSON.stringify(draft)
          for (const form of [hidden, base64(`${certificate}\n${key(hidden)}`)]) expect(told).not.toContain(form)
        },
      ),
    )
  })

  it('keeps an address, a certificate and the rest', () => {
    const form = { name: 'dev-1', environments: ['qa'], namespaces: 'a, b', watch: 'C1', ca: certificate }
    for (const server of ['https://10.0.0.5:6443', 'https://rancher.example/k8s/clusters/c-1', 'in-cluster']) {
      expect(draftCluster({ ...form, server }, 'id')).toEqual({ id: 'id', ...form, server, hadSecret: false })
    }
    expect(draftCluster({ ...form, ca: base64(certificate) }, null).ca).toBe(base64(certificate))
  })

  it('fits into a button, whatever its length', () => {
    const long = fc.string({ maxLength: 3_000, size: 'max' })
    const draft = fc.record(
      {
        name: fc.string({ minLength: 1, maxLength: 60 }),
        environments: fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { maxLength: 10 }),
        hadSecret: fc.boolean(),
        id: fc.stringMatching(/^[0-9A-Z]{26}$/),
        server: long,
        namespaces: long,
        watch: fc.stringMatching(/^C[0-9A-Z]{10}$/),
        ca: long,
      },
      { requiredKeys: ['name', 'environments', 'hadSecret'] },
    )
    fc.assert(
      fc.property(draft, (given) => {
        const value = encodeEffect({ kind: 'open', surface: 'correct-cluster', draft: given })
        expect(value?.length).toBeLessThanOrEqual(2_000)
        const read = decodeEffect(value ?? '')
        if (read?.kind !== 'open' || !('draft' in read)) throw new TypeError('no draft')
        expect(given).toMatchObject(read.draft)
        expect(read.draft).toMatchObject({ name: given.name, environments: given.environments })
      }),
    )
  })
})
