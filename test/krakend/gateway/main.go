// A small API gateway with client plugins: it opens them by the interface that KrakenD documents
// (https://www.krakend.io/docs/extending/http-client-plugins/) and tests them by a command of the same form.
// It is not KrakenD, and has none of its code.
//
//	gateway test-plugin -c client.so…    says OK or KO for each, exits with 1 for any KO
//	gateway host EXAMPLE.COM             what the gateway does with a backend's name, by modules that plugins share with it
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"plugin"

	"golang.org/x/net/http2"
	"golang.org/x/net/idna"
)

// registerer is what a client plugin exports as ClientRegisterer.
type registerer interface {
	RegisterClients(func(name string, handler func(context.Context, map[string]interface{}) (http.Handler, error)))
}

func main() {
	switch {
	case len(os.Args) > 3 && os.Args[1] == "test-plugin" && os.Args[2] == "-c":
		os.Exit(test(os.Args[3:]))
	case len(os.Args) == 3 && os.Args[1] == "host":
		name, err := idna.Lookup.ToASCII(os.Args[2])
		fmt.Println(name, err, http2.NextProtoTLS)
	default:
		fmt.Fprintln(os.Stderr, "usage: gateway test-plugin -c FILE… | gateway host NAME")
		os.Exit(1)
	}
}

func test(paths []string) int {
	code := 0
	for _, path := range paths {
		names, err := load(path)
		if err != nil {
			fmt.Printf("[KO] CLIENT\t%s: %v\n", path, err)
			code = 1
			continue
		}
		fmt.Printf("[OK] CLIENT\t%s: %v\n", path, names)
	}
	return code
}

func load(path string) ([]string, error) {
	opened, err := plugin.Open(path)
	if err != nil {
		return nil, err
	}
	symbol, err := opened.Lookup("ClientRegisterer")
	if err != nil {
		return nil, err
	}
	client, ok := symbol.(registerer)
	if !ok {
		return nil, fmt.Errorf("ClientRegisterer is a %T", symbol)
	}
	var names []string
	client.RegisterClients(func(name string, _ func(context.Context, map[string]interface{}) (http.Handler, error)) {
		names = append(names, name)
	})
	return names, nil
}
