/** Splits one AND-group of a constraint into its terms, by the grammar of v3.4 and by that of v3.1.1. */
import type { Operator } from './constraint.ts';
import { isSpace, type Operand, operandAt, skipSpaces } from './operand.ts';

export interface TermToken {
  readonly operator: Operator;
  readonly operand: Operand;
}

interface Found extends TermToken {
  readonly end: number;
}

const OPERATORS: readonly (readonly [string, Operator])[] = [
  ['!=', '!='],
  ['>=', '>='],
  ['=>', '>='],
  ['<=', '<='],
  ['=<', '<='],
  ['~>', '~'],
  ['=', '='],
  ['>', '>'],
  ['<', '<'],
  ['~', '~'],
  ['^', '^'],
];

/** Terms separated by white space or by one comma, as v3.2 and newer want it; undefined if `group` is anything else. */
export function separatedTerms(group: string): readonly TermToken[] | undefined {
  const terms: TermToken[] = [];
  let at = skipSpaces(group, 0);
  for (;;) {
    const found = termAt(group, at);
    if (found === undefined) return undefined;
    terms.push(found);
    const next = skipSpaces(group, found.end);
    if (next === group.length) return terms;
    if (group[next] === ',') at = skipSpaces(group, next + 1);
    else if (next > found.end) at = next;
    else return undefined;
  }
}

/**
 * Terms that may also stand side by side or be followed by a comma, as v3.1.1 allowed; undefined if `group` is
 * anything else. That release first asked whether the text can be cut into terms in any way, then took the longest
 * term again and again, skipping what is none: so `1.2.34.5.6` is the terms `1.2.34` and `5.6`.
 */
export function adjacentTerms(group: string): readonly TermToken[] | undefined {
  if (!canBeCut(group)) return undefined;
  const terms: TermToken[] = [];
  let at = 0;
  while (at < group.length) {
    const found = termAt(group, skipSpaces(group, at));
    if (found !== undefined) terms.push(found);
    at = found?.end ?? at + 1;
  }
  return terms;
}

function termAt(text: string, at: number): Found | undefined {
  const [sign, operator] = operatorAt(text, at);
  const start = skipSpaces(text, at + sign.length);
  const operand = operandAt(text, start);
  return operand === undefined ? undefined : { operator, operand, end: start + operand.text.length };
}

function operatorAt(text: string, at: number): readonly [string, Operator] {
  return OPERATORS.find(([sign]) => text.startsWith(sign, at)) ?? ['', '='];
}

/** Whether `group` is one term or more, each with an optional comma behind it, whatever the cuts. */
function canBeCut(group: string): boolean {
  const reachable = new Set([0]);
  for (let at = 0; at < group.length; at += 1) {
    if (!reachable.has(at)) continue;
    for (const end of termEnds(group, at)) reachable.add(end);
  }
  return group.length > 0 && reachable.has(group.length);
}

function termEnds(group: string, at: number): readonly number[] {
  const longest = termAt(group, skipSpaces(group, at));
  if (longest === undefined) return [];
  const ends: number[] = [];
  const start = longest.end - longest.operand.text.length;
  for (let length = longest.operand.text.length; length > 0; length -= 1) {
    const text = longest.operand.text.slice(0, length);
    if (operandAt(text, 0)?.text.length === length) ends.push(...endsBehind(group, start + length));
  }
  return ends;
}

/** The places where a term that ends at `at` may be over: there, after white space, after a comma. */
function endsBehind(group: string, at: number): readonly number[] {
  const ends: number[] = [at];
  let next = at;
  while (isSpace(group[next])) {
    next += 1;
    ends.push(next);
  }
  if (group[next] === ',') ends.push(next + 1);
  return ends;
}
