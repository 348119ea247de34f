// Package raft stands in for the real one: a log that several writers append to.
package raft

import "sync"

// Log keeps entries in the order in which they came.
type Log struct {
	mutex   sync.Mutex
	entries []string
}

// Append adds an entry and returns its index.
func (l *Log) Append(entry string) int {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.entries = append(l.entries, entry)
	return len(l.entries) - 1
}
