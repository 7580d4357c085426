/** `getOrderService`, `orderService` and `OrderServiceImpl` name the same thing. */
export function plainOwner(name: string): string {
  return name
    .replace(/^[_$]+|[_$]+$/g, '')
    .replace(/^(?:get|create|make|build|use|new)(?=[A-Z])/, '')
    .replace(/(?:Impl|Instance)$/, '')
    .toLowerCase();
}

/** `orders`, `orderService` and `OrderRepository` are about the same thing. */
export function stemOf(name: string): string {
  return plainOwner(name)
    .replace(/(?:service|repository|repo|store|manager|controller|handler|provider|usecase|dao)s?$/, '')
    .replace(/s$/, '');
}
