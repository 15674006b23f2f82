package devp2p

import "golang.org/x/sys/unix"

// heard knows on which connections something has come: an epoll instance of its own,
// edge-triggered, so that it tells of each once.
type heard struct{ epoll int }

func (h *heard) open() (err error) {
	h.epoll, err = unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	return err
}

func (h *heard) close() { unix.Close(h.epoll) } //nolint:errcheck // nothing is lost with it

// set adds a connection or removes it. The system removes it when it is closed.
func (h *heard) set(fd uintptr, on bool) bool {
	op := unix.EPOLL_CTL_DEL
	event := unix.EpollEvent{Fd: int32(fd)}
	if on {
		op = unix.EPOLL_CTL_ADD
		event.Events = unix.EPOLLIN | unix.EPOLLET
	}
	return unix.EpollCtl(h.epoll, op, int(fd), &event) == nil
}

// any reports whether something has come since it was last called.
func (h *heard) any() bool {
	var events [16]unix.EpollEvent
	n, err := unix.EpollWait(h.epoll, events[:], 0)
	return err == nil && n > 0
}
