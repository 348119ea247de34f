const fs = require('fs')

const into = process.argv[2] || 'dist'
fs.mkdirSync(into, { recursive: true })
fs.writeFileSync(into + '/page.html', '<h1>Page</h1>\n')
console.log('wrote ' + into + '/page.html')
