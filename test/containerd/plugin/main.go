// A plugin by the interface that containerd documents: it registers itself when it is opened.
package main

import (
	"github.com/containerd/containerd/plugin"
	"github.com/sirupsen/logrus"
)

func init() {
	plugin.Register(&plugin.Registration{
		Type: plugin.InternalPlugin,
		ID:   "greeting",
		InitFn: func(*plugin.InitContext) (interface{}, error) {
			logrus.Info("hello")
			return "hello", nil
		},
	})
}

func main() {}
