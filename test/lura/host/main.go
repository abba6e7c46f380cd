// A program that opens plugins by lura's own loaders, and prints what each of them says.
package main

import (
	"fmt"
	"os"

	modifier "github.com/luraproject/lura/v2/proxy/plugin"
	client "github.com/luraproject/lura/v2/transport/http/client/plugin"
	handler "github.com/luraproject/lura/v2/transport/http/server/plugin"
)

// Usage: host FOLDER KIND…
func main() {
	folder := os.Args[1]
	for _, kind := range os.Args[2:] {
		count, err := load(kind, folder)
		fmt.Printf("%s: %d loaded\n", kind, count)
		if all, ok := err.(interface{ Errs() []error }); ok {
			for _, one := range all.Errs() {
				fmt.Println(one)
			}
		} else if err != nil {
			fmt.Println(err)
		}
	}
}

func load(kind, folder string) (int, error) {
	switch kind {
	case "modifier":
		return modifier.Load(folder, ".so", modifier.RegisterModifier)
	case "client":
		return client.Load(folder, ".so", client.RegisterClient)
	case "handler":
		return handler.Load(folder, ".so", handler.RegisterHandler)
	}
	return 0, fmt.Errorf("there are no plugins of kind %s", kind)
}
