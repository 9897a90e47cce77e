#include "measurement.h"

#include <stdatomic.h>

static atomic_uint last_serial;

uint32_t
measurement_new_serial(void)
{
    return atomic_fetch_add(&last_serial, 1) + 1;
}
