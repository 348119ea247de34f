package raft

import (
	"os"
	"sync"
	"testing"
)

func TestAppendsFromSeveralWriters(t *testing.T) {
	var log Log
	var writers sync.WaitGroup
	for i := 0; i < 8; i++ {
		writers.Add(1)
		go func() {
			defer writers.Done()
			log.Append("entry")
		}()
	}
	writers.Wait()
	if len(log.entries) != 8 {
		t.Fatalf("%d entries", len(log.entries))
	}
}

func TestEnvironmentOfTheStep(t *testing.T) {
	if os.Getenv("INTEG_TESTS") != "yes" {
		t.Fatal("the step has set INTEG_TESTS")
	}
}
