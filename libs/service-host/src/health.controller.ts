import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Open } from './access/access.guard.ts';
import { Health, type HealthReport } from './health.ts';

interface Response {
  status(code: number): unknown;
}

@ApiExcludeController()
@Open()
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  /** The process runs and answers; a container is restarted when it does not. */
  @Get('live')
  live(): { live: true } {
    return { live: true };
  }

  /** 200 when the process can do its work, 503 with the reasons when it cannot. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<HealthReport> {
    const report = await this.health.report();
    response.status(report.ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return report;
  }
}
