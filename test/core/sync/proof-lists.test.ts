import { describe, it } from 'vitest';
import { type Case, CONTAINER, check, custom, pod, podOwned, spec, specOwned } from './support/claims.ts';

describe('the proof that an apply would change nothing', () => {
  it.each<Case>([
    {
      name: 'an item that another put between ours',
      desired: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      live: pod({ env: [{ name: 'A' }, { name: 'Z' }, { name: 'B' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} }, 'k:{"name":"B"}': { 'f:name': {} } } }),
    },
    {
      name: 'items in another order',
      desired: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      live: pod({ env: [{ name: 'B' }, { name: 'A' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} }, 'k:{"name":"B"}': { 'f:name': {} } } }),
      doubt: { kind: 'order', path: `${CONTAINER}.env` },
    },
    {
      name: 'an item that is gone there',
      desired: pod({ env: [{ name: 'A' }] }),
      live: pod({ env: [{ name: 'B' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} } } }),
      doubt: { kind: 'value', path: `${CONTAINER}.env[name=A]` },
    },
    {
      name: 'an item that is gone from the manifest',
      desired: pod({ env: [{ name: 'A' }] }),
      live: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} }, 'k:{"name":"B"}': { 'f:name': {} } } }),
      doubt: { kind: 'field-removed', path: `${CONTAINER}.env[name=B]` },
    },
    {
      name: 'an item that is new in the manifest',
      desired: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      live: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} } } }),
      doubt: { kind: 'field-added', path: `${CONTAINER}.env` },
    },
    {
      name: 'an item that comes twice in the manifest',
      desired: pod({ env: [{ name: 'A' }, { name: 'A' }] }),
      live: pod({ env: [{ name: 'A' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} } } }),
      doubt: { kind: 'field-added', path: `${CONTAINER}.env` },
    },
    {
      name: 'an item that comes twice there',
      desired: pod({ env: [{ name: 'A' }] }),
      live: pod({ env: [{ name: 'A' }, { name: 'A' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} } } }),
      doubt: { kind: 'form', path: `${CONTAINER}.env` },
    },
    {
      name: 'a number as key that is text there',
      desired: spec({ ports: [{ port: 80 }] }),
      live: spec({ ports: [{ port: '80' }] }),
      owned: specOwned({ 'f:ports': { 'k:{"port":80}': { 'f:port': {} } } }),
      doubt: { kind: 'value', path: 'spec.ports[port=80]' },
    },
    {
      name: 'a form of ownership that is not known',
      desired: spec({ list: [1] }),
      live: spec({ list: [1] }),
      owned: specOwned({ 'f:list': { 'i:0': {} } }),
      doubt: { kind: 'form', path: 'spec.list' },
    },
    {
      name: 'a key that is no JSON',
      desired: spec({ list: [{ a: 1 }] }),
      live: spec({ list: [{ a: 1 }] }),
      owned: specOwned({ 'f:list': { 'k:{"a"': {} } }),
      doubt: { kind: 'form', path: 'spec.list' },
    },
  ])('looks into lists: $name', check);

  it.each<Case>([
    {
      name: 'a set with the values of others',
      desired: { ...custom, ...spec({ set: ['a', 'b'] }) },
      live: spec({ set: ['z', 'a', 'b'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {}, 'v:"b"': {} } }),
    },
    {
      name: 'a set in another order',
      desired: { ...custom, ...spec({ set: ['a', 'b'] }) },
      live: spec({ set: ['b', 'a'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {}, 'v:"b"': {} } }),
      doubt: { kind: 'order', path: 'spec.set' },
    },
    {
      name: 'a set with one value less in the manifest',
      desired: { ...custom, ...spec({ set: ['a'] }) },
      live: spec({ set: ['a', 'b'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {}, 'v:"b"': {} } }),
      doubt: { kind: 'field-removed', path: 'spec.set' },
    },
    {
      name: 'a set with one value more in the manifest',
      desired: { ...custom, ...spec({ set: ['a', 'b'] }) },
      live: spec({ set: ['a', 'b'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {} } }),
      doubt: { kind: 'field-added', path: 'spec.set' },
    },
    {
      name: 'a set without one of ours there',
      desired: { ...custom, ...spec({ set: ['a', 'b'] }) },
      live: spec({ set: ['a'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {}, 'v:"b"': {} } }),
      doubt: { kind: 'value', path: 'spec.set' },
    },
    {
      name: 'no quantities',
      desired: { ...custom, ...spec({ cpu: '1000m' }) },
      live: spec({ cpu: '1' }),
      owned: specOwned({ 'f:cpu': {} }),
      doubt: { kind: 'value', path: 'spec.cpu' },
    },
    {
      name: 'zero values as values',
      desired: { ...custom, ...spec({ on: false }) },
      live: spec({}),
      owned: specOwned({ 'f:on': {} }),
      doubt: { kind: 'value', path: 'spec.on' },
    },
    {
      name: 'an empty list as a value',
      desired: { ...custom, ...spec({ a: 1, list: [] }) },
      live: spec({ a: 1 }),
      owned: specOwned({ 'f:a': {} }),
      doubt: { kind: 'field-added', path: 'spec.list' },
    },
    {
      name: 'integers beyond 2^53',
      desired: { ...custom, ...spec({ n: 9007199254740993n }) },
      live: spec({ n: 9007199254740993n }),
      owned: specOwned({ 'f:n': {} }),
    },
    {
      name: 'integers beyond 2^53 that differ in the last digit',
      desired: { ...custom, ...spec({ n: 9007199254740993n }) },
      live: spec({ n: 9007199254740992 }),
      owned: specOwned({ 'f:n': {} }),
      doubt: { kind: 'value', path: 'spec.n' },
    },
    {
      name: 'a key field that the schema fills',
      desired: { ...custom, ...spec({ list: [{ name: 'a' }] }) },
      live: spec({ list: [{ name: 'a', zone: 'eu' }] }),
      owned: specOwned({ 'f:list': { 'k:{"name":"a","zone":"eu"}': { '.': {}, 'f:name': {} } } }),
    },
    {
      name: 'a key field that an earlier manifest filled',
      desired: { ...custom, ...spec({ list: [{ name: 'a' }] }) },
      live: spec({ list: [{ name: 'a', zone: 'eu' }] }),
      owned: specOwned({ 'f:list': { 'k:{"name":"a","zone":"eu"}': { '.': {}, 'f:name': {}, 'f:zone': {} } } }),
      doubt: { kind: 'field-added', path: 'spec.list' },
    },
  ])('takes custom resources as they are stored: $name', check);
});
