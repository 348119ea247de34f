package main

import "testing"

func TestGreets0(t *testing.T) {
	if greet("weave") != "hello weave" {
		t.Fatal(greet("weave"))
	}
}

func TestGreets1(t *testing.T) {
	if greet("") != "nobody" {
		t.Fatal(greet(""))
	}
}
