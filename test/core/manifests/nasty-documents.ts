/** Documents in the forms that rewriting tools damage. All of them are YAML. */

const crlf = (text: string) => text.replaceAll('\n', '\r\n');

export const nastyDocuments: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'comments in every place',
    text: '# first\n\napp: # on a key\n  # before\n  tag: 1.2.3   # behind, spaced out  \n\n\n  pull: Always\n# last\n',
  },
  { name: 'indentation by four', text: 'app:\n    tag: \'1.2.3\'\n    repository: "acme/app"\n' },
  { name: 'escapes next door', text: 'a: "\\u263A \\x41"\ntag: "1.2.3"\nb: "over\\\n  lines"\n' },
  {
    name: 'dashes in the column of their key',
    text: 'containers:\n- name: a\n  image: acme/a:1.2.3\n-  name: b\n   image: acme/b:1\n',
  },
  { name: 'dashes far to the right', text: 'c:\n      -    image: acme/a:1.2.3\n           name:   x\n' },
  {
    name: 'folded and literal neighbours',
    text: `note: >-\n  ${'word '.repeat(60)}\n  more\nscript: |+\n  a\n\n\ntag: 1.2.3\nlong: ${'lorem ipsum '.repeat(20)}\n`,
  },
  {
    name: 'anchors, aliases, merge keys',
    text: 'x: &a {r: 1,   t: 1.2.3}\ny: *a\nz:\n  <<: *a\n  t: &tag 1.2.3\nw: *tag\n',
  },
  { name: 'carriage returns', text: crlf('# c\napp:\n  tag: 1.2.3 # x\n  script: |\n    a\n    b\n') },
  { name: 'a byte order mark', text: '\uFEFFapp:\n  tag: 1.2.3\n' },
  {
    name: 'directives and document ends',
    text: '%YAML 1.2\n---\n# one\na: 1\n...\n---   # two\ntag:    1.2.3\n---\n\n---\nb: 2\n',
  },
  { name: 'no final line break', text: 'app: {repository: r, tag: 1.2.3}' },
  { name: 'JSON', text: '{"app": {"tag":"1.2.3","x":[1,\n 2 ,3]},  "y":null}\n' },
  { name: 'repeated keys', text: 'a: 1\ntag: 1.2.3\na: 2\n' },
  {
    name: 'quoted templates next door',
    text: 'host: "{{ .Values.host }}"\ntag: 1.2.3\ncmd: \'{{ if true }}x{{ end }}\'\n',
  },
  { name: 'tabs', text: 'app:\t\n  tag:\t1.2.3\t# tabbed\n  x :  y\n' },
  { name: 'explicit keys and tags', text: '? long\n: v\ntag: !!str 1.2.3\n? [a, b]\n: c\n' },
  {
    name: 'words that YAML 1.1 reads otherwise',
    text: 'a: 0777\nb: yes\nc: 1e3\nd: 12:30:45\ntag: 1.2.3\ne: ~\nf: 0o17\n',
  },
  { name: 'a number as a tag', text: 'tag: 1.10\nother: [1.10, 0x1F]\n' },
  { name: 'other alphabets', text: 'né: "ü😀"\n"k\u00a0ey": 1\ntag: 1.2.3 # 😀 é\n名: 値\n' },
  {
    name: 'markers in comments',
    text: 'images:\n# one\n- name: a # n\n  # before\n  newTag: v1.2.3 # {"$imagepolicy": "ns:a:tag"}\n\n# two\n- newTag:   "v1"\n  name: b\n',
  },
  { name: 'a folded plain neighbour', text: 'p: this is\n  folded\n\n  plain\ntag: 1.2.3\n' },
  {
    name: 'every width of indentation',
    text: 'a:\n    b:\n           c:\n             tag: 1.2.3\n    d:\n     - 1\n     -  2\n',
  },
  {
    name: 'scalars over several lines',
    text: 'a: "one\n  two"\nb: \'three\n\n  four\'\nc: five\n  six # seven\nd:\n  - [eight,\n     nine]\n',
  },
  { name: 'missing values', text: 'a:\nb: # c\nd: {e: , f: g}\ng:\n  -\n  - h\n' },
  { name: 'a document that is indented as a whole', text: '---\n    app:\n        tag: 1.2.3\n      \n' },
];
