// A plugin of every kind that lura loads: it writes text in title case.
package main

import (
	"context"
	"net/http"

	"github.com/luraproject/lura/v2/logging"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

type registerer string

// What lura looks up.
var (
	ModifierRegisterer = registerer("title")
	ClientRegisterer   = registerer("title")
	HandlerRegisterer  = registerer("title")
)

// RegisterLogger is given lura's own logger.
func (r registerer) RegisterLogger(given interface{}) {
	if logger, ok := given.(logging.Logger); ok {
		logger.Debug(r, "is registered")
	}
}

// RegisterModifiers gives lura the plugin's name and what makes its modifier.
func (r registerer) RegisterModifiers(register func(
	name string,
	factory func(map[string]interface{}) func(interface{}) (interface{}, error),
	appliesToRequest bool,
	appliesToResponse bool,
)) {
	register(string(r), newModifier, true, false)
}

// RegisterClients gives lura the plugin's name and what makes its client.
func (r registerer) RegisterClients(register func(
	name string,
	factory func(context.Context, map[string]interface{}) (http.Handler, error),
)) {
	register(string(r), newClient)
}

// RegisterHandlers gives lura the plugin's name and what makes its handler.
func (r registerer) RegisterHandlers(register func(
	name string,
	factory func(context.Context, map[string]interface{}, http.Handler) (http.Handler, error),
)) {
	register(string(r), newHandler)
}

func newModifier(map[string]interface{}) func(interface{}) (interface{}, error) {
	return func(input interface{}) (interface{}, error) {
		if text, ok := input.(string); ok {
			return title(text), nil
		}
		return input, nil
	}
}

func newClient(context.Context, map[string]interface{}) (http.Handler, error) {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Write([]byte(title(req.Host)))
	}), nil
}

func newHandler(_ context.Context, _ map[string]interface{}, next http.Handler) (http.Handler, error) {
	return next, nil
}

func title(text string) string { return cases.Title(language.English).String(text) }

func main() {}
