//go:build batchtest
// +build batchtest

package raft

import "testing"

func TestBatch(t *testing.T) {
	var log Log
	log.Append("first")
	if index := log.Append("second"); index != 1 {
		t.Fatalf("index %d", index)
	}
}
