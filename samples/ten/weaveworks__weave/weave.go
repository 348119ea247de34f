// Weave stands in for the real one: it says who runs it.
package main

import (
	"fmt"
	"os"
)

func greet(name string) string {
	if name == "" {
		return "nobody"
	}
	return "hello " + name
}

func main() {
	fmt.Println(greet(os.Getenv("NAME")))
}
