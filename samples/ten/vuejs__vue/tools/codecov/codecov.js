#!/usr/bin/env node
console.log('would send the coverage of ' + process.env.CIRCLE_BRANCH)
