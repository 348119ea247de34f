const assert = require('assert')

/** @param {string} template @param {Record<string, string>} values */
function render (template, values) {
  return template.replace(/{{ *(\w+) *}}/g, (_, name) => values[name])
}

assert.strictEqual(render('Hello {{ who }}', { who: 'world' }), 'Hello world')
console.log('1 passed: ' + process.argv[2])
