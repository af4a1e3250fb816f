/** Parentheses around functions that a start calls change nothing of what the program does. */
import { expect, test } from 'vitest'
import { markEarly } from '../../scripts/build/early-functions.ts'

/** The range of `text` where it stands in `source`. */
const rangeOf = (source: string, text: string): [number, number] => {
  const from = source.indexOf(text)
  expect(from).toBeGreaterThan(-1)
  return [from, from + text.length]
}

const marked = (source: string, ...texts: string[]): string =>
  markEarly(
    source,
    texts.map((text) => rangeOf(source, text)),
  )

test('arrow functions and function expressions are put in parentheses', () => {
  expect(marked('const f=(a,b)=>a+b;', '(a,b)=>a+b')).toBe('const f=((a,b)=>a+b);')
  expect(marked('f=(a=b(")"))=>a;', '(a=b(")"))=>a')).toBe('f=((a=b(")"))=>a);')
  expect(marked('x.map(it=>it.y)', 'it=>it.y')).toBe('x.map((it=>it.y))')
  expect(marked('const f=async()=>1', 'async()=>1')).toBe('const f=(async()=>1)')
  expect(marked('const f=async a=>1', 'async a=>1')).toBe('const f=(async a=>1)')
  expect(marked('a={b:function(){}}', 'function(){}')).toBe('a={b:(function(){})}')
  expect(marked('return function*(){}', 'function*(){}')).toBe('return (function*(){})')
})

test('one within the other, and one after the other, each have their own', () => {
  expect(marked('f(a=>b=>c)', 'a=>b=>c', 'b=>c')).toBe('f((a=>(b=>c)))')
  expect(marked('f(a=>1,b=>2)', 'a=>1', 'b=>2')).toBe('f((a=>1),(b=>2))')
})

test('what is no expression stays: declarations, methods, getters, classes', () => {
  for (const [source, text] of [
    ['function f(){}', 'function f(){}'],
    [';async function f(){}', 'async function f(){}'],
    ['export{};function f(){}', 'function f(){}'],
    ['a={b(){return c=>d}}', 'b(){return c=>d}'],
    ['a={async b(){return c=>d}}', 'b(){return c=>d}'],
    ['a={get b(){return c=>d}}', 'b(){return c=>d}'],
    ['a={b(c=")"){return(c)=>d}}', '(c=")"){return(c)=>d}'],
    ['a={async(){return(c)=>d}}', 'async(){return(c)=>d}'],
    ['class A{constructor(a=()=>b){}}', 'constructor(a=()=>b){}'],
    // V8 may tell of it from its parameters on.
    ['f(async(a)=>b)', '(a)=>b'],
    ['f(async a=>b)', 'a=>b'],
  ] as const) {
    expect(marked(source, text)).toBe(source)
  }
})
