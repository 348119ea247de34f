const assert = require('assert')
const fs = require('fs')

const asked = process.argv[2]
const page = asked === '--runInBand' ? 'dist/page.html' : asked
assert.strictEqual(fs.readFileSync(page, 'utf8'), '<h1>Page</h1>\n')
console.log('1 passed: ' + page)
