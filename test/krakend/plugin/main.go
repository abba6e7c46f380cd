// A client plugin by the interface that KrakenD documents: it answers with the name that the request's host has on the wire.
package main

import (
	"context"
	"fmt"
	"net/http"

	"golang.org/x/net/idna"
)

type registerer string

// ClientRegisterer is what the gateway looks up.
var ClientRegisterer = registerer("host-name")

// RegisterClients gives the gateway the plugin's name and what makes its handler.
func (r registerer) RegisterClients(register func(
	name string,
	handler func(context.Context, map[string]interface{}) (http.Handler, error),
)) {
	register(string(r), newHandler)
}

func newHandler(context.Context, map[string]interface{}) (http.Handler, error) {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		name, err := idna.Lookup.ToASCII(req.Host)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		fmt.Fprintln(w, name)
	}), nil
}

func main() {}
